-- What happened to every entry of every list: put on it, changed, moved, removed, each with its day and notice.
-- A change of which nothing but the notice was read says so, and so does a day on which an entry may have stood for long.
SELECT designations.designation_id, designations.list_id, designations.entity_name, designations.company_id,
  designations.listed_on AS date,
  CASE designations.listed_on_basis WHEN 'latest' THEN 'listed by then' ELSE 'listed' END AS event,
  'under ' || coalesce(
    (
      SELECT revisions.before FROM revisions
      WHERE revisions.designation_id = designations.designation_id AND revisions."column" = 'destination'
      ORDER BY revisions.changed_on LIMIT 1
    ),
    designations.destination
  ) AS what,
  designations.notice_id, notices.citation, notices.url AS notice
FROM designations LEFT JOIN notices USING (notice_id)
UNION ALL
SELECT designations.designation_id, designations.list_id, designations.entity_name, designations.company_id,
  revisions.changed_on, 'revised',
  revisions."column" || coalesce(': ' || revisions.before, '') || coalesce(' → ' || revisions.after, '')
    || coalesce('. ' || revisions.notes, ''),
  revisions.notice_id, notices.citation, notices.url
FROM revisions JOIN designations USING (designation_id) JOIN notices ON notices.notice_id = revisions.notice_id
UNION ALL
SELECT designations.designation_id, designations.list_id, designations.entity_name, designations.company_id,
  coalesce(notices.effective_on, notices.published_on), 'revised', 'in what was not read',
  notices.notice_id, notices.citation, notices.url
FROM designations_modified_by
JOIN designations USING (designation_id)
JOIN notices ON notices.notice_id = designations_modified_by.notice_id
WHERE NOT EXISTS (
  SELECT 1 FROM revisions
  WHERE revisions.designation_id = designations_modified_by.designation_id
    AND revisions.notice_id = designations_modified_by.notice_id
)
UNION ALL
SELECT designations.designation_id, designations.list_id, designations.entity_name, designations.company_id,
  designations.delisted_on, 'removed', NULL, designations.delisted_by, notices.citation, notices.url
FROM designations LEFT JOIN notices ON notices.notice_id = designations.delisted_by
WHERE designations.delisted_on IS NOT NULL;

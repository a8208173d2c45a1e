-- title: Who is on the Entity List, since when, by which notice?
-- Entries that stood when the list was last read (lists.last_checked_on), with the company of ours that they are or belong
-- to, and the citation of the notice that added them.
SELECT
  designations.entity_name,
  designations.listed_on,
  notices.citation,
  notices.url AS notice,
  designations.destination,
  companies.name AS company,
  designations.license_requirement,
  designations.license_review_policy,
  designations.footnote,
  designations.designation_id
FROM designations
LEFT JOIN notices ON notices.notice_id = designations.notice_id
LEFT JOIN companies ON companies.company_id = designations.company_id
WHERE designations.list_id = 'bis-entity-list' AND designations.delisted_on IS NULL
ORDER BY designations.listed_on, designations.entity_name;

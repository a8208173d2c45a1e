-- title: What happened to an entity on the US lists, when, and by which notice?
-- Every entry whose name or alias, or the name of whose company, holds the text, on every list: when it was put on, changed
-- and removed. Leave the text empty for all. Finding nothing is no clearance; lists.last_checked_on says when each was read.
SELECT
  listing_history.date,
  listing_history.list_id,
  listing_history.entity_name,
  listing_history.event,
  listing_history.what,
  listing_history.citation,
  listing_history.notice,
  listing_history.designation_id
FROM listing_history
JOIN designations USING (designation_id)
LEFT JOIN companies USING (company_id)
WHERE :entity = '' OR designations.entity_name LIKE '%' || :entity || '%'
  OR designations.aliases LIKE '%' || :entity || '%'
  OR companies.name LIKE '%' || :entity || '%'
  OR companies.name_zh LIKE '%' || :entity || '%'
  OR companies.legal_name LIKE '%' || :entity || '%'
ORDER BY listing_history.entity_name, listing_history.list_id, listing_history.date;

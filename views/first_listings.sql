-- The day each company was first put on the Entity List, by which notice, and whether it is still on it.
SELECT
  designations.company_id,
  min(designations.listed_on) AS listed_on,
  designations.notice_id,
  designations.designation_id,
  count(*) > count(designations.delisted_on) AS still_listed
FROM designations
WHERE designations.list_id = 'bis-entity-list' AND designations.company_id IS NOT NULL
GROUP BY designations.company_id;

-- Every dated event of every company: founded, rounds, purchases on either side, lists, and what was said of it.
SELECT company_id, founded AS date, 'founded' AS event, name AS what, 'companies' AS "table", company_id AS row_id
FROM companies WHERE founded IS NOT NULL
UNION ALL
SELECT company_id, announced_on, stage || ' ' || status, coalesce(currency || ' ' || amount, 'amount ' || amount_disclosure),
  'rounds', round_id
FROM rounds
UNION ALL
SELECT company_id, closed_on, stage || ' done', coalesce(currency || ' ' || amount, 'amount ' || amount_disclosure),
  'rounds', round_id
FROM rounds WHERE closed_on IS NOT NULL AND closed_on <> announced_on
UNION ALL
SELECT acquirer_id, announced_on, kind || ' ' || status, 'buys ' || target_id, 'acquisitions', acquisition_id
FROM acquisitions
UNION ALL
SELECT target_id, announced_on, kind || ' ' || status, 'bought by ' || acquirer_id, 'acquisitions', acquisition_id
FROM acquisitions
UNION ALL
SELECT acquirer_id, completed_on, kind || ' done', 'buys ' || target_id, 'acquisitions', acquisition_id
FROM acquisitions WHERE completed_on IS NOT NULL AND completed_on <> announced_on
UNION ALL
SELECT target_id, completed_on, kind || ' done', 'bought by ' || acquirer_id, 'acquisitions', acquisition_id
FROM acquisitions WHERE completed_on IS NOT NULL AND completed_on <> announced_on
UNION ALL
SELECT company_id, listed_on,
  CASE listed_on_basis WHEN 'latest' THEN 'by then on ' ELSE 'put on ' END || list_id, entity_name,
  'designations', designation_id
FROM designations WHERE company_id IS NOT NULL
UNION ALL
SELECT company_id, delisted_on, 'removed from ' || list_id, entity_name, 'designations', designation_id
FROM designations WHERE company_id IS NOT NULL AND delisted_on IS NOT NULL
UNION ALL
SELECT company_id, as_of, metric || ' ' || basis, coalesce(currency || ' ', '') || value, 'reported_totals', report_id
FROM reported_totals WHERE as_of IS NOT NULL;

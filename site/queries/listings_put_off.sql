-- title: Which IPOs were postponed or withdrawn?
-- Listings that were planned and did not come about then; notes say what happened. A later attempt is a row of its own.
SELECT
  companies.name AS company,
  rounds.announced_on,
  rounds.status,
  rounds.currency,
  rounds.amount,
  rounds.amount_max,
  rounds.notes,
  rounds.round_id,
  rounds.sources
FROM rounds JOIN companies ON companies.company_id = rounds.company_id
WHERE rounds.stage = 'ipo'
  AND rounds.status <> 'closed'
  AND (rounds.status = 'abandoned'
    OR rounds.notes LIKE '%postpone%' OR rounds.notes LIKE '%withdr%' OR rounds.notes LIKE '%lapse%')
ORDER BY rounds.announced_on;

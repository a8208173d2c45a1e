-- title: What did a company buy and back?
-- Purchases and stakes of one company (SenseTime when empty), rounds of others that it joined as an investor, and how many
-- of either a source counts.
SELECT
  acquisitions.announced_on AS date,
  acquisitions.kind AS how,
  companies.name AS what,
  acquisitions.status,
  acquisitions.stake_percent,
  acquisitions.currency,
  acquisitions.amount,
  acquisitions.sources
FROM acquisitions JOIN companies ON companies.company_id = acquisitions.target_id
WHERE acquisitions.acquirer_id = coalesce(nullif(:company, ''), 'sensetime')
UNION ALL
SELECT rounds.announced_on, 'round: ' || rounds.stage, companies.name, rounds.status, NULL,
  round_investors.currency, round_investors.amount, coalesce(round_investors.sources, rounds.sources)
FROM round_investors
JOIN investors ON investors.investor_id = round_investors.investor_id
JOIN rounds ON rounds.round_id = round_investors.round_id
JOIN companies ON companies.company_id = rounds.company_id
WHERE investors.company_id = coalesce(nullif(:company, ''), 'sensetime')
UNION ALL
SELECT as_of, 'stated: ' || metric, CAST(CAST(value AS INTEGER) AS TEXT), basis, NULL, NULL, NULL, sources
FROM reported_totals
WHERE company_id = coalesce(nullif(:company, ''), 'sensetime')
  AND metric IN ('investment-count', 'acquisition-count')
ORDER BY date;

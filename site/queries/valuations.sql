-- title: At what valuations, by source and date?
-- Every valuation of one company (SenseTime when empty): of its rounds, of totals that sources state, and of claims
-- that dispute a round's.
SELECT announced_on AS date, valuation, valuation_max, valuation_currency AS currency, valuation_basis AS basis,
  round_id AS of, status, sources
FROM rounds WHERE company_id = coalesce(nullif(:company, ''), 'sensetime') AND valuation IS NOT NULL
UNION ALL
SELECT as_of, value, value_max, currency, basis, report_id, 'stated', sources
FROM reported_totals WHERE company_id = coalesce(nullif(:company, ''), 'sensetime') AND metric = 'valuation'
UNION ALL
SELECT coalesce(sources.published_on, rounds.announced_on), CAST(claims.value AS NUMERIC), NULL, rounds.valuation_currency,
  'disputes the row', rounds.round_id, 'claim', json_array(claims.source_id)
FROM claims
JOIN rounds ON rounds.round_id = claims.row_id
JOIN sources ON sources.source_id = claims.source_id
WHERE claims."table" = 'rounds' AND claims."column" = 'valuation'
  AND rounds.company_id = coalesce(nullif(:company, ''), 'sensetime')
ORDER BY date;

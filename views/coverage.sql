-- Our rounds against what was said to have been raised: for each total-raised or round-count that a source states, what
-- our closed rounds up to that day add to. Money is in US dollars by the average rate of the year.
SELECT
  reported_totals.report_id,
  reported_totals.company_id,
  reported_totals.metric,
  reported_totals.as_of,
  CASE WHEN reported_totals.metric = 'round-count' OR reported_totals.currency = 'USD' THEN reported_totals.value
    ELSE CAST(round(reported_totals.value / exchange_rates.per_usd) AS INTEGER) END AS reported,
  CASE WHEN reported_totals.metric = 'round-count' THEN count(rounds.round_id)
    ELSE coalesce(sum(rounds.amount_usd), 0) END AS ours,
  round(
    100.0 * CASE WHEN reported_totals.metric = 'round-count' THEN count(rounds.round_id)
      ELSE coalesce(sum(rounds.amount_usd), 0) END
    / CASE WHEN reported_totals.metric = 'round-count' OR reported_totals.currency = 'USD' THEN reported_totals.value
      ELSE reported_totals.value / exchange_rates.per_usd END, 1) AS percent,
  sum(rounds.round_id IS NOT NULL AND rounds.amount_usd IS NULL) AS rounds_not_in_sum,
  reported_totals.sources
FROM reported_totals
LEFT JOIN exchange_rates
  ON exchange_rates.currency = reported_totals.currency
  AND exchange_rates.year = CAST(substr(reported_totals.as_of, 1, 4) AS INTEGER)
LEFT JOIN rounds_usd AS rounds
  ON rounds.company_id = reported_totals.company_id
  AND rounds.status = 'closed'
  AND substr(rounds.announced_on, 1, length(reported_totals.as_of)) <= reported_totals.as_of
WHERE reported_totals.metric IN ('total-raised', 'round-count') AND reported_totals.basis = 'actual'
GROUP BY reported_totals.report_id;

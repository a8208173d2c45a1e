-- Our rounds against what was said to have been raised: for each total-raised or round-count that a source states, what
-- our closed rounds up to that day add to. Rounds are added in the currency of the total: as they stand where they are in it,
-- else by the average rates of the year of the round. `reported` and `ours` are in US dollars, by the rate of the total's year.
WITH counted AS (
  SELECT
    reported_totals.*,
    CASE WHEN reported_totals.currency = 'USD' OR reported_totals.metric = 'round-count' THEN 1
      ELSE exchange_rates.per_usd END AS per_usd,
    rounds.round_id,
    CASE rounds.currency WHEN reported_totals.currency THEN rounds.amount
      ELSE rounds.amount_usd * CASE reported_totals.currency WHEN 'USD' THEN 1 ELSE then_rates.per_usd END END AS amount
  FROM reported_totals
  LEFT JOIN exchange_rates
    ON exchange_rates.currency = reported_totals.currency
    AND exchange_rates.year = CAST(substr(reported_totals.as_of, 1, 4) AS INTEGER)
  LEFT JOIN rounds_usd AS rounds
    ON rounds.company_id = reported_totals.company_id
    AND rounds.status = 'closed'
    AND substr(rounds.announced_on, 1, length(reported_totals.as_of)) <= reported_totals.as_of
  LEFT JOIN exchange_rates AS then_rates
    ON then_rates.currency = reported_totals.currency
    AND then_rates.year = CAST(rounds.year AS INTEGER)
  WHERE reported_totals.metric IN ('total-raised', 'round-count') AND reported_totals.basis = 'actual'
),
added AS (
  SELECT
    *,
    CASE metric WHEN 'round-count' THEN count(round_id) ELSE coalesce(sum(amount), 0) END AS sum,
    sum(round_id IS NOT NULL AND amount IS NULL) AS rounds_not_in_sum
  FROM counted
  GROUP BY report_id
)
SELECT
  report_id,
  company_id,
  metric,
  as_of,
  CAST(round(value / per_usd) AS INTEGER) AS reported,
  CAST(round(sum / per_usd) AS INTEGER) AS ours,
  round(100.0 * sum / value, 1) AS percent,
  rounds_not_in_sum,
  sources
FROM added;

-- The part of state-owned investors in closed rounds, by the year the rounds were announced. Sources rarely say that an
-- investor is not state-owned, so the share is a lower bound: of all investments, those by an investor that a source calls
-- state-owned. Where no source tells, the investment is counted in unknown.
SELECT
  CAST(substr(rounds.announced_on, 1, 4) AS INTEGER) AS year,
  count(DISTINCT rounds.round_id) AS rounds,
  count(*) AS investments,
  coalesce(sum(investors.state_owned = 1), 0) AS state_owned,
  coalesce(sum(investors.state_owned = 0), 0) AS not_state_owned,
  sum(investors.state_owned IS NULL) AS unknown,
  round(100.0 * coalesce(sum(investors.state_owned = 1), 0) / count(*), 1) AS state_owned_percent_at_least,
  count(DISTINCT CASE WHEN investors.state_owned = 1 THEN rounds.round_id END) AS rounds_with_state_owned
FROM round_investors
JOIN rounds USING (round_id)
JOIN investors USING (investor_id)
WHERE rounds.status = 'closed'
GROUP BY year
ORDER BY year;

-- Rounds announced after the company was first put on the Entity List: how long after, how much, by whom.
-- A date counts as later only where it is so for certain: 2019 alone is not after 2019-10-09.
-- Rumoured and abandoned rounds are here too; see status.
SELECT
  rounds.company_id,
  companies.name AS company,
  first_listings.listed_on,
  first_listings.notice_id,
  rounds.round_id,
  rounds.stage,
  rounds.status,
  rounds.announced_on,
  CASE WHEN length(rounds.announced_on) = 10 AND length(first_listings.listed_on) = 10
    THEN CAST(julianday(rounds.announced_on) - julianday(first_listings.listed_on) AS INTEGER) END AS days_after,
  rounds.currency,
  rounds.amount,
  rounds.amount_usd,
  (
    SELECT json_group_array(name) FROM (
      SELECT investors.name FROM round_investors JOIN investors USING (investor_id)
      WHERE round_investors.round_id = rounds.round_id ORDER BY round_investors.role, investors.name
    )
  ) AS investors,
  rounds.sources
FROM rounds_usd AS rounds
JOIN first_listings USING (company_id)
JOIN companies USING (company_id)
WHERE substr(rounds.announced_on, 1, length(first_listings.listed_on)) > first_listings.listed_on;

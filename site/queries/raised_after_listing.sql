-- title: Which listed companies raised money after being put on the Entity List?
-- Closed rounds, a line a company: how many, how much in US dollars, how long after the listing the first came. A round
-- adds nothing where its amount is not known, or no exchange rate of its year; such rounds are counted apart.
SELECT
  company_id,
  company,
  listed_on,
  notice_id,
  count(*) AS rounds,
  sum(amount_usd) AS raised_usd,
  sum(amount_usd IS NULL) AS rounds_not_in_sum,
  min(announced_on) AS first_round_on,
  CASE WHEN length(min(announced_on)) = 10
    THEN CAST(julianday(min(announced_on)) - julianday(listed_on) AS INTEGER) END AS first_days_after,
  max(announced_on) AS last_round_on
FROM post_listing_rounds
WHERE status = 'closed'
GROUP BY company_id
ORDER BY raised_usd DESC;

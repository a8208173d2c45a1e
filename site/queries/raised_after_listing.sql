-- title: Which listed companies raised money after being put on the Entity List?
-- Closed rounds, a line a company: how many, how much in US dollars, how long after the listing the first came.
SELECT
  company_id,
  company,
  listed_on,
  notice_id,
  count(*) AS rounds,
  sum(amount_usd) AS raised_usd,
  sum(amount_usd IS NULL) AS rounds_without_amount,
  min(announced_on) AS first_round_on,
  min(days_after) AS first_days_after,
  max(announced_on) AS last_round_on
FROM post_listing_rounds
WHERE status = 'closed'
GROUP BY company_id
ORDER BY raised_usd DESC;

-- title: How much had a company raised by a day, against what it said?
-- Our closed rounds of one company (SenseTime when empty) up to a day (2020-07-13 when empty), in US dollars, beside the
-- last totals that sources state up to that day. Rounds without a known amount, or
-- without an exchange rate of their year, count as rounds but add nothing.
WITH asked AS (
  SELECT
    coalesce(nullif(:company, ''), 'sensetime') AS company_id,
    coalesce(nullif(:day, ''), '2020-07-13') AS day
),
ours AS (
  SELECT
    count(*) AS rounds,
    sum(amount_usd IS NULL) AS rounds_not_in_sum,
    sum(amount_usd) AS raised_usd
  FROM rounds_usd, asked
  WHERE rounds_usd.company_id = asked.company_id AND status = 'closed'
    AND substr(announced_on, 1, length(asked.day)) <= asked.day
),
said AS (
  SELECT metric, value, currency, as_of, sources
  FROM reported_totals, asked
  WHERE reported_totals.company_id = asked.company_id AND metric IN ('total-raised', 'round-count')
    AND basis = 'actual' AND as_of <= asked.day
)
SELECT
  asked.company_id,
  asked.day,
  ours.rounds,
  ours.rounds_not_in_sum,
  ours.raised_usd,
  said_total.value AS said_total,
  said_total.currency AS said_currency,
  said_total.as_of AS said_on,
  said_rounds.value AS said_rounds,
  said_total.sources
FROM asked, ours
LEFT JOIN (SELECT * FROM said WHERE metric = 'total-raised' ORDER BY as_of DESC, value DESC LIMIT 1) AS said_total
LEFT JOIN (SELECT * FROM said WHERE metric = 'round-count' ORDER BY as_of DESC, value DESC LIMIT 1) AS said_rounds;

-- Rounds with their amounts in US dollars, by the average exchange rate of the year they were announced in.
-- Empty where no rate is known.
SELECT
  rounds.*,
  substr(rounds.announced_on, 1, 4) AS year,
  CAST(round(CASE rounds.currency WHEN 'USD' THEN rounds.amount ELSE rounds.amount / money.per_usd END) AS INTEGER)
    AS amount_usd,
  CAST(round(
    CASE rounds.valuation_currency WHEN 'USD' THEN rounds.valuation ELSE rounds.valuation / worth.per_usd END
  ) AS INTEGER)
    AS valuation_usd
FROM rounds
LEFT JOIN exchange_rates AS money
  ON money.currency = rounds.currency AND money.year = CAST(substr(rounds.announced_on, 1, 4) AS INTEGER)
LEFT JOIN exchange_rates AS worth
  ON worth.currency = rounds.valuation_currency AND worth.year = CAST(substr(rounds.announced_on, 1, 4) AS INTEGER);

-- title: How much of the money that companies say they raised is in the ledger?
-- For each company the latest total that a source gives, what our closed rounds up to then add to, both in US dollars, and the
-- share of it. Totals that somebody else estimated are left out. A share over 100 is of a total told as a lower bound, or one that
-- counts less than our rounds do: its note, and the table exceptions, say which. What was looked for and not found is in
-- docs/coverage.md.
SELECT
  coverage.company_id,
  companies.name AS company,
  coverage.as_of,
  coverage.reported AS reported_usd,
  coverage.ours AS ours_usd,
  coverage.percent,
  coverage.rounds_not_in_sum AS rounds_without_amount,
  coverage.report_id
FROM coverage
JOIN companies USING (company_id)
WHERE coverage.metric = 'total-raised'
  AND NOT EXISTS (
    SELECT 1 FROM coverage AS later
    WHERE later.company_id = coverage.company_id AND later.metric = 'total-raised'
      AND (later.as_of > coverage.as_of OR (later.as_of = coverage.as_of AND later.report_id < coverage.report_id))
  )
ORDER BY coverage.percent IS NULL, coverage.percent DESC, coverage.company_id;

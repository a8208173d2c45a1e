-- One row a company: what it has raised in closed rounds, from how many investors, its last valuation, and since when it
-- is on which list.
SELECT
  companies.company_id,
  companies.name,
  companies.name_zh,
  companies.sectors,
  companies.founded,
  companies.city,
  companies.country,
  companies.status,
  companies.listings,
  raised.rounds,
  raised.raised_usd,
  raised.rounds_not_in_sum,
  raised.last_round_on,
  (
    SELECT count(DISTINCT round_investors.investor_id) FROM rounds JOIN round_investors USING (round_id)
    WHERE rounds.company_id = companies.company_id AND rounds.status = 'closed'
  ) AS investors,
  (
    SELECT rounds_usd.valuation_usd FROM rounds_usd
    WHERE rounds_usd.company_id = companies.company_id AND rounds_usd.valuation_usd IS NOT NULL
      AND rounds_usd.status = 'closed'
    ORDER BY rounds_usd.announced_on DESC LIMIT 1
  ) AS last_valuation_usd,
  first_listings.listed_on AS entity_list_since,
  (
    SELECT json_group_array(list_id) FROM (
      SELECT DISTINCT designations.list_id FROM designations
      WHERE designations.company_id = companies.company_id AND designations.delisted_on IS NULL
      ORDER BY designations.list_id
    )
  ) AS lists
FROM companies
LEFT JOIN first_listings USING (company_id)
LEFT JOIN (
  SELECT
    company_id,
    count(*) AS rounds,
    sum(amount_usd) AS raised_usd,
    sum(amount_usd IS NULL) AS rounds_not_in_sum,
    max(announced_on) AS last_round_on
  FROM rounds_usd
  WHERE status = 'closed'
  GROUP BY company_id
) AS raised USING (company_id);

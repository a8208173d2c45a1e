-- Investors by the companies on the Entity List whose closed rounds they joined, before and after the listing.
-- A round counts as after only where it is so for certain.
SELECT
  investor_id,
  investor,
  type,
  state_owned,
  country,
  count(DISTINCT company_id) AS designated_companies,
  count(DISTINCT CASE WHEN NOT after THEN company_id END) AS companies_before,
  count(DISTINCT CASE WHEN after THEN company_id END) AS companies_after,
  sum(NOT after) AS rounds_before,
  sum(after) AS rounds_after,
  json_group_array(DISTINCT company_id) AS companies
FROM (
  SELECT
    investors.investor_id,
    investors.name AS investor,
    investors.type,
    investors.state_owned,
    investors.country,
    rounds.company_id,
    substr(rounds.announced_on, 1, length(first_listings.listed_on)) > first_listings.listed_on AS after
  FROM round_investors
  JOIN investors ON investors.investor_id = round_investors.investor_id
  JOIN rounds ON rounds.round_id = round_investors.round_id
  JOIN first_listings ON first_listings.company_id = rounds.company_id
  WHERE rounds.status = 'closed'
  ORDER BY rounds.company_id
)
GROUP BY investor_id;

-- title: Who backs a company?
-- Investors of one company (company_id; SenseTime when empty), with the rounds they joined and the sources.
SELECT
  investors.name AS investor,
  investors.name_zh,
  investors.type,
  investors.state_owned,
  group_concat(DISTINCT rounds.round_id) AS rounds,
  min(rounds.announced_on) AS first_round_on,
  max(round_investors.role IN ('lead', 'co-lead')) AS led,
  (
    SELECT json_group_array(DISTINCT citations.source_id) FROM citations
    WHERE citations."table" = 'round_investors'
      AND citations.row_id IN (
        SELECT theirs.round_id || '/' || theirs.investor_id FROM round_investors AS theirs
        JOIN rounds AS joined ON joined.round_id = theirs.round_id
        WHERE theirs.investor_id = investors.investor_id AND joined.company_id = rounds.company_id
      )
  ) AS sources
FROM round_investors
JOIN rounds ON rounds.round_id = round_investors.round_id
JOIN investors ON investors.investor_id = round_investors.investor_id
WHERE rounds.company_id = coalesce(nullif(:company, ''), 'sensetime') AND rounds.status = 'closed'
GROUP BY investors.investor_id
ORDER BY first_round_on, investor;

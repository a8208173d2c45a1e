-- How far each fact row can be trusted, derived from the sources behind it and never typed by hand.
-- high: a regulation or filing says it, or three independent publishers do; medium: the company itself or two publishers;
-- low: one publisher, or none that is named. Claims are sources that say otherwise. A copy that names no outlet may repeat
-- any of the others, and counts as no publisher.
WITH named AS (
  SELECT source_id, kind, CASE WHEN publisher NOT LIKE 'Unnamed outlet%' THEN publisher END AS publisher FROM sources
)
SELECT
  citations."table",
  citations.row_id,
  count(DISTINCT named.source_id) AS sources,
  count(DISTINCT named.publisher) AS publishers,
  json_group_array(DISTINCT named.kind) AS kinds,
  (SELECT count(*) FROM claims WHERE claims."table" = citations."table" AND claims.row_id = citations.row_id) AS claims,
  CASE
    WHEN max(named.kind IN ('regulation', 'filing')) OR count(DISTINCT named.publisher) >= 3 THEN 'high'
    WHEN max(named.kind = 'company') OR count(DISTINCT named.publisher) = 2 THEN 'medium'
    ELSE 'low'
  END AS confidence
FROM citations
JOIN named USING (source_id)
GROUP BY citations."table", citations.row_id;

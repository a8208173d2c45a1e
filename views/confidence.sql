-- How far each fact row can be trusted, derived from the sources behind it and never typed by hand.
-- high: a regulation or filing says it, or three independent publishers do; medium: the company itself or two publishers;
-- low: one publisher. Claims are sources that say otherwise.
SELECT
  citations."table",
  citations.row_id,
  count(DISTINCT sources.source_id) AS sources,
  count(DISTINCT sources.publisher) AS publishers,
  json_group_array(DISTINCT sources.kind) AS kinds,
  (SELECT count(*) FROM claims WHERE claims."table" = citations."table" AND claims.row_id = citations.row_id) AS claims,
  CASE
    WHEN max(sources.kind IN ('regulation', 'filing')) OR count(DISTINCT sources.publisher) >= 3 THEN 'high'
    WHEN max(sources.kind = 'company') OR count(DISTINCT sources.publisher) = 2 THEN 'medium'
    ELSE 'low'
  END AS confidence
FROM citations
JOIN sources USING (source_id)
GROUP BY citations."table", citations.row_id;

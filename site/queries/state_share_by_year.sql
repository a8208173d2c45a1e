-- title: How did the share of state-owned investors change over the years?
-- Of all investments in closed rounds, at least this share was by investors that a source calls state-owned.
SELECT * FROM state_capital ORDER BY year;

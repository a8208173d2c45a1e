-- title: How did the share of state-owned investors change over the years?
-- Of the investments in closed rounds whose investor's ownership a source tells; the others are in unknown.
SELECT * FROM state_capital ORDER BY year;

-- Every source of every fact row. An investor in a round without sources of its own has those of the round.
SELECT 'companies' AS "table", company_id AS row_id, source_id FROM companies_sources
UNION ALL SELECT 'investors', investor_id, source_id FROM investors_sources
UNION ALL SELECT 'rounds', round_id, source_id FROM rounds_sources
UNION ALL SELECT 'round_investors', round_id || '/' || investor_id, source_id FROM round_investors_sources
UNION ALL SELECT 'round_investors', round_investors.round_id || '/' || investor_id, rounds_sources.source_id
  FROM round_investors JOIN rounds_sources USING (round_id) WHERE round_investors.sources IS NULL
UNION ALL SELECT 'acquisitions', acquisition_id, source_id FROM acquisitions_sources
UNION ALL SELECT 'notices', notice_id, source_id FROM notices_sources
UNION ALL SELECT 'designations', designation_id, source_id FROM designations_sources
UNION ALL SELECT 'revisions', designation_id || '/' || notice_id || '/' || "column", source_id FROM revisions_sources
UNION ALL SELECT 'reported_totals', report_id, source_id FROM reported_totals_sources
UNION ALL SELECT 'exchange_rates', currency || '/' || year, source_id FROM exchange_rates_sources;

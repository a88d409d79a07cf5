-- Text search configurations; `facts`: the dictionaries of each sort of token.
SELECT n.nspname AS schema, c.cfgname AS name, '' AS part, pg_catalog.format('%I.%I', n.nspname, c.cfgname) AS address,
       pg_catalog.format('PARSER = %I.%I', pn.nspname, p.prsname) AS text, ARRAY[]::text[] AS shape,
       ARRAY(SELECT x
             FROM (SELECT t.alias, pg_catalog.string_agg(pg_catalog.format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno) AS list
                   FROM pg_catalog.pg_ts_config_map m
                   JOIN pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
                   JOIN pg_catalog.pg_ts_dict d ON d.oid = m.mapdict
                   JOIN pg_catalog.pg_namespace dn ON dn.oid = d.dictnamespace
                   WHERE m.mapcfg = c.oid
                   GROUP BY t.alias) m
             CROSS JOIN LATERAL (VALUES (1, m.alias), (2, m.list)) AS v (i, x)
             ORDER BY m.alias, v.i) AS facts
FROM pg_catalog.pg_ts_config c
JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_catalog.pg_namespace pn ON pn.oid = p.prsnamespace
WHERE n.nspname = ANY ($1)
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                  WHERE e.classid = 'pg_catalog.pg_ts_config'::pg_catalog.regclass AND e.objid = c.oid AND e.deptype = 'e')
ORDER BY 1, 2

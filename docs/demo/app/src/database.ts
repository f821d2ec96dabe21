import pg from 'pg';

/** The one pool of the process. Eight processes of ten connections stay below the server's 100. */
export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 5_000,
  statement_timeout: 15_000,
});

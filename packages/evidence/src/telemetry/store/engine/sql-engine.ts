/** A process that speaks ClickHouse's SQL and keeps tables: one in this process, or one shard of a cluster. */
export interface SqlEngine {
  /** Runs a statement that answers nothing. */
  command(sql: string): Promise<void>;
  /** Rows of a query in ClickHouse's RowBinary format, one after the other without names. */
  query(sql: string): Promise<Uint8Array>;
  /** Adds a block of rows in ClickHouse's Native format; durable when this resolves. */
  insert(table: string, block: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

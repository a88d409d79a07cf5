import { pgTable, integer } from 'drizzle-orm/pg-core';

// Prisma's table: the tables of the media module refer to it, and do not declare it.
export const users = pgTable('users', {
  id: integer('id').primaryKey(),
});

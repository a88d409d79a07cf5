import { index, integer, pgEnum, pgTable, serial, text, timestamp } from 'drizzle-orm/pg-core';
import { users } from './accounts';

export const jobState = pgEnum('job_state', ['waiting', 'running', 'done']);

export const videos = pgTable('videos', {
  id: serial('id').primaryKey(),
  filename: text('filename').notNull().unique(),
  title: text('title'),
  duration: integer('duration'),
  createdAt: timestamp('created_at').defaultNow().notNull(),
});

export const jobs = pgTable(
  'jobs',
  {
    id: serial('id').primaryKey(),
    videoId: integer('video_id')
      .notNull()
      .references(() => videos.id, { onDelete: 'cascade' }),
    state: jobState('state').default('waiting').notNull(),
  },
  (table) => [index('jobs_state_idx').on(table.state)],
);

export const reactions = pgTable('reactions', {
  id: serial('id').primaryKey(),
  videoId: integer('video_id')
    .notNull()
    .references(() => videos.id, { onDelete: 'cascade' }),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  emoji: text('emoji').notNull(),
});

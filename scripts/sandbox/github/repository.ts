/** What is on the fake GitHub before anything is dispatched, as plain data. */

export type Reviewer = {readonly type: 'User' | 'Team'; readonly name: string};

export type Environment = {readonly reviewers?: readonly Reviewer[]; readonly waitMinutes?: number};

export type Workflow = {readonly text: string; readonly state?: 'active' | 'disabled_manually' | 'disabled_inactivity'};

export type Repository = {
	/** `owner/name`. */
	readonly name: string;
	readonly branches: readonly string[];
	/** By file name; they are in `.github/workflows/`, the same on every branch. */
	readonly workflows: Readonly<Record<string, Workflow>>;
	readonly environments?: Readonly<Record<string, Environment>>;
	readonly isPrivate?: boolean;
	readonly isArchived?: boolean;
	/** What the token's owner may do. */
	readonly mayPush?: boolean;
};

export const folder = '.github/workflows';

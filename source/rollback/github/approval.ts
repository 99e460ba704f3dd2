/*
Who must say yes before a job may run in an environment, as GitHub's answers name them.
*/
import {type Fields, fieldsOf, listOf, numberOf, parsed, textOf} from '../../attempts/fields.ts';

/** `reviewers`: logins, and teams as `team NAME`. `waitMinutes`: how long the environment makes every job wait. */
export type Approval = {
	readonly environment: string;
	readonly reviewers: readonly string[];
	readonly waitMinutes: number | null;
};

function reviewerOf({type, reviewer}: Fields): readonly string[] {
	const {login, name, slug} = fieldsOf(reviewer) ?? {};
	const found = textOf(login) ?? textOf(name) ?? textOf(slug);
	if (found === null) return [];
	return [type === 'Team' ? `team ${found}` : found];
}

const reviewersIn = (list: unknown): readonly string[] => listOf(list).flatMap(reviewerOf);

const minutesOf = (value: unknown): number | null => {
	const minutes = numberOf(value);
	return minutes === null || minutes <= 0 ? null : minutes;
};

/** What a run waits for, by the list of its pending deployments. */
export const approvalsOf = (body: string): readonly Approval[] =>
	listOf(parsed(body)).map(pending => ({
		environment: textOf(fieldsOf(pending['environment'])?.['name']) ?? '',
		reviewers: reviewersIn(pending['reviewers']),
		waitMinutes: minutesOf(pending['wait_timer']),
	}));

/** What jobs in an environment will wait for, by its protection rules. */
export function protectionOf(environment: string, body: string): Approval {
	const rules = listOf(fieldsOf(parsed(body))?.['protection_rules']);
	return {
		environment,
		reviewers: rules.flatMap(rule => reviewersIn(rule['reviewers'])),
		waitMinutes: rules.map(rule => minutesOf(rule['wait_timer'])).find(minutes => minutes !== null) ?? null,
	};
}

/*
Which conditions are outages that a clock can tell, and how long one may last.
*/

import {words} from '../../words/synonyms.ts';
import {said, says} from '../../words/words.ts';
import {type Limit, limitsIn} from '../timeline/duration.ts';

const slowly = /\b(?:slow|scale|cool|wind|count|shut|step|break|drill|spin|roll|scal|slow)(?:s|ed|ing)?[ -]down\b/gi;
const percent = /\d{1,6}(?:[.,]\d{1,3})?\s?[%％‰]|\bp\d{2}\b/i;

/** A duration of an endpoint that does not answer; a rate, latency or count never is. */
export function isOutage(text: string): boolean {
	if (limitsIn(text).length === 0 || says(text, words.metric) || percent.test(text)) return false;
	return says(text.replace(slowly, ' '), words.down) || (says(text, words.failing) && saysProbe(text));
}

/** `/internal/ready`, `https://…/ready`, `GET /ready` */
const route = /(?:^|[\s`"'(])(?:https?:\/\/[^\s`]{1,200}|\/[a-z0-9_-][\w./-]{0,100})(?=$|[\s`"'),.])/i;

const saysProbe = (text: string): boolean => says(text, words.health) || route.test(text);

/** The metric that a text speaks of; null where it speaks of none. */
export const metricIn = (text: string): string | null =>
	(said(text, words.metric)?.text ?? percent.exec(text)?.[0])?.trim() ?? null;

const bareLimit =
	/(?:more than|longer than|over|at least|exceeds|for|[>≥]=?|超过|达到|连续)\s{0,2}(\d{1,6}(?:[.,]\d{1,3})?)\s{0,2}(?:[.;,。；，)]|$)/i;

/** The number of what would be an outage if it had a unit; null where there is none. */
export const bareLimitIn = (text: string): string | null =>
	says(text, words.down) || (says(text, words.failing) && saysProbe(text)) ? (bareLimit.exec(text)?.[1] ?? null) : null;

/** The duration that is the limit: the only one, or the only one that is compared. */
export function thresholdOf(limits: readonly Limit[]): Limit | null {
	const compared = limits.filter(limit => limit.compared);
	const [only] = compared.length > 0 ? compared : limits;
	return (compared.length > 0 ? compared : limits).length === 1 ? (only ?? null) : null;
}

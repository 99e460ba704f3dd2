/* An http or https endpoint: one GET, and beside it, under the same time-out, the version that answers. */
import {type Answered, type Expected, expects} from '../../cutover/health/outage/verdict.ts';
import type {EndpointOf, Prober} from './found.ts';
import {measured, type Trip} from './measured.ts';
import {answerAt} from './redirects.ts';
import type {Sought} from './request.ts';
import {trusted} from './secure.ts';
import {versionOf} from './version.ts';

const expectedOf = ({status, body}: EndpointOf<'http'>): Expected => ({
	...(status === null ? {} : {status}),
	...(body === null ? {} : {body}),
});

const soughtBy = (expect: Expected): Sought => ({
	fits: status => expects(status, expect.status),
	enough: body => expect.body === undefined || body.includes(expect.body),
});

async function answered({url, follow}: EndpointOf<'http'>, expect: Expected, trip: Trip): Promise<Answered> {
	const {status, body} = await answerAt(url, follow, soughtBy(expect), trip);
	return {status, body};
}

const mayNeedTls = ({url, version, follow}: EndpointOf<'http'>): boolean =>
	follow || [url, version].some(address => /^https:/i.test(address ?? ''));

export const http: Prober<'http'> = async (endpoint, context) => {
	if (mayNeedTls(endpoint)) trusted();
	const expect = expectedOf(endpoint);
	const [found, version] = await Promise.all([
		measured(endpoint, context, trip => answered(endpoint, expect, trip)),
		versionOf(endpoint, context),
	]);
	return {...found, answered: {...found.answered, expect}, version};
};

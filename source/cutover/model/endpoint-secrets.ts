import type {Endpoint} from './runbook.ts';

/** Environment variables that the requests to endpoints are made with. */
export const endpointSecrets = (endpoints: readonly Endpoint[]): readonly string[] =>
	endpoints.flatMap(endpoint => {
		if (endpoint.kind !== 'http') return [];
		const {auth, headers = {}} = endpoint;
		const named = Object.values(headers).flatMap(value => (typeof value === 'string' ? [] : [value.secret]));
		return [...named, ...(auth === undefined ? [] : ['bearer' in auth ? auth.bearer : auth.password])];
	});

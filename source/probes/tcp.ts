/* A tcp endpoint: the connection is closed at once. */
import {probe} from './probe.ts';

export const tcp = probe({
	summary: 'up is whoever takes the connection',
	docs: {address: '`host:port`'},
	keys: (_, {address}) => ({address}),
	target: ({address}) => address,
	async ask(endpoint, context) {
		const [{measured}, {addressIn, reach}] = await Promise.all([import('./measured.ts'), import('../net/reach.ts')]);
		return measured(endpoint, context, async trip => {
			await reach(addressIn(endpoint.address), trip);
			return {connected: true};
		});
	},
});

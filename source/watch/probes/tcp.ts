/* A tcp endpoint: up is whoever takes the connection, which is closed at once. */
import {addressIn, reach} from '../../net/reach.ts';
import type {Prober} from './found.ts';
import {measured} from './measured.ts';

export const tcp: Prober<'tcp'> = (endpoint, context) =>
	measured(endpoint, context, async trip => {
		await reach(addressIn(endpoint.address), trip);
		return {connected: true};
	});

import { wholeSeconds } from '../lists/timestamp.ts';
import type { Subscription } from '../state/model.ts';

/** What a receiver gets: neither item id nor kind of change, only "look at this list". */
export function changeNotification(subscription: Subscription): object {
  return {
    value: [
      {
        subscriptionId: subscription.id,
        clientState: subscription.clientState,
        resource: subscription.resource,
        tenantId: subscription.tenantId,
        resourceData: { '@odata.type': '#Microsoft.Graph.ListItem' },
        subscriptionExpirationDateTime: wholeSeconds(subscription.expiresAt).replace('Z', '+00:00'),
        changeType: 'updated',
      },
    ],
  };
}

export function lifecycleNotification(subscription: Subscription): object {
  return {
    value: [
      {
        subscriptionId: subscription.id,
        subscriptionExpirationDateTime: wholeSeconds(subscription.expiresAt),
        tenantId: subscription.tenantId,
        clientState: subscription.clientState,
        lifecycleEvent: 'reauthorizationRequired',
      },
    ],
  };
}

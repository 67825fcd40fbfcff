import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

/**
 * kafkajs 2.2.4 arms a timer with a negative delay on every connection, again and again, though nothing is pending
 * (tulios/kafkajs#1751): about 5 % of a core at idle. The check is only needed while requests are pending; `push` asks for it then.
 */
export function patchRequestQueue(): void {
  const original = RequestQueue.prototype.scheduleCheckPendingRequests;
  if (original.name === 'whenPending') return;
  RequestQueue.prototype.scheduleCheckPendingRequests = function whenPending(): void {
    if (this.pending.length > 0) original.call(this);
  };
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** What of kafkajs' request queue we touch. */
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests(): void;
  }
}

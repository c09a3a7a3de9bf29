import assert from 'node:assert/strict';
import { onlineManager, QueryObserver } from '@tanstack/react-query';
import { queryClient } from './query-client.ts';

describe('what screens ask for', () => {
  it('is asked again once the connection is back, however lately the service worker answered', async () => {
    let asked = 0;
    const observer = new QueryObserver(queryClient, {
      queryKey: ['a list'],
      queryFn: () => Promise.resolve((asked += 1)),
    });
    queryClient.mount();
    const leave = observer.subscribe(() => undefined);
    try {
      onlineManager.setOnline(false);
      await observer.refetch();
      const before = asked;
      onlineManager.setOnline(true);
      await new Promise((resolve) => setTimeout(resolve));
      assert.equal(asked, before + 1);
    } finally {
      leave();
      queryClient.unmount();
      queryClient.clear();
    }
  });
});

// Providers, and the three things a visitor can meet: the ceremony, the sign-in, the product.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { ApiProblem } from '@/api/client';
import { useStanding } from '@/api/session';
import { ErrorFace, Skeleton } from '@/kit/faces';
import { ThemeProvider } from '@/kit/theme';
import { addIncidentLooks } from '@/modules/incident/looks';
import { addPeopleLooks } from '@/modules/people/looks';
import { addMaintenanceLooks } from '@/modules/maintenance/looks';
import { addSystemLooks } from '@/modules/system/looks';
import { Failure } from './failure';
import { pages } from './pages';
import { Shell } from './shell';
import { SignIn } from './sign_in';

const Ceremony = lazy(() => import('./ceremony'));

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (count, error) =>
        count < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});

addIncidentLooks();
addMaintenanceLooks();
addSystemLooks();
addPeopleLooks();

function Door() {
  const standing = useStanding();
  if (standing.isPending) return <Skeleton lines={3} />;
  if (standing.isError && !standing.data)
    return (
      <ErrorFace
        error={standing.error}
        since={standing.errorUpdatedAt}
        retry={() => void standing.refetch()}
      />
    );
  if ('session' in standing.data) return <Shell />;
  if (standing.data.setup.needed)
    return (
      <Suspense fallback={<Skeleton lines={3} />}>
        <Ceremony />
      </Suspense>
    );
  return <SignIn setup={standing.data.setup} />;
}

const router = createBrowserRouter([
  { path: '/', element: <Door />, errorElement: <Failure />, children: pages },
]);

export function Application() {
  return (
    <QueryClientProvider client={client}>
      <ThemeProvider>
        <RouterProvider router={router} />
      </ThemeProvider>
    </QueryClientProvider>
  );
}

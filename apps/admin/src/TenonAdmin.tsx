import { QueryClient } from '@tanstack/react-query';
import { AddDialogContext, type AddDialogProps } from '@tenon/service-kit/admin/add-dialog-context';
import { AddReferenceDialog } from '@tenon/service-kit/admin/AddReferenceDialog';
import { statusOf } from '@tenon/service-kit/admin/api-error';
import { Admin, CustomRoutes, Resource } from 'react-admin';
import { Route } from 'react-router-dom';

import { useApi } from './api-context.js';
import { AppLayout } from './layout/AppLayout.js';
import { Quiet } from './layout/Quiet.js';
import { AccessDeniedPage } from './pages/AccessDeniedPage.js';
import { ChangePasswordPage } from './pages/ChangePasswordPage.js';
import { DocumentationPage } from './pages/DocumentationPage.js';
import { ErrorPage } from './pages/ErrorPage.js';
import { GroupPage } from './pages/GroupPage.js';
import { HomePage } from './pages/HomePage.js';
import { LoginPage } from './pages/LoginPage.js';
import { NotFoundPage } from './pages/NotFoundPage.js';
import { groups, registry } from './resources/all.js';
import { screensOf } from './resources/screens.js';
import { darkTheme, lightTheme } from './theme/theme.js';
import { useThemeMode } from './theme/theme-mode.js';

const renderAddDialog = (props: AddDialogProps): React.ReactNode => <AddReferenceDialog {...props} />;

const MOST_RETRIES = 2;

/** A refusal will be the same next time; only what did not answer is asked again. */
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => statusOf(error) === 0 && failures < MOST_RETRIES,
      refetchOnWindowFocus: false,
    },
  },
});

/** Every page there is. */
export function TenonAdmin() {
  const [mode] = useThemeMode();
  const { authProvider, dataProvider } = useApi();
  return (
    <AddDialogContext value={renderAddDialog}>
      <Admin
        title="Tenon"
        authProvider={authProvider}
        dataProvider={dataProvider}
        queryClient={queryClient}
        theme={mode === 'dark' ? darkTheme : lightTheme}
        darkTheme={null}
        layout={AppLayout}
        dashboard={HomePage}
        loginPage={LoginPage}
        catchAll={NotFoundPage}
        accessDenied={AccessDeniedPage}
        error={ErrorPage}
        notification={Quiet}
        loading={Quiet}
        disableTelemetry
      >
        {registry.all.map((screens) => (
          <Resource
            key={screens.name}
            name={screens.name}
            recordRepresentation="label"
            {...screensOf(screens)}
          />
        ))}
        <CustomRoutes>
          {groups.map((group) => (
            <Route key={group.path} path={`/${group.path}`} element={<GroupPage group={group} />} />
          ))}
          <Route path="/change-password" element={<ChangePasswordPage />} />
          <Route path="/documentation" element={<DocumentationPage />} />
        </CustomRoutes>
      </Admin>
    </AddDialogContext>
  );
}

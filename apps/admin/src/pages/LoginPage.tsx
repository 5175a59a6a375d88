import { useState, type SubmitEvent } from 'react';
import { Alert, Box, Button, OutlinedInput, Paper, Typography } from '@mui/material';
import { useLogin } from 'react-admin';

import { Banners } from '../layout/Banners.js';
import { Logo } from '../layout/Logo.js';
import { Styles } from '../theme/Styles.js';

/** The page before all others. */
export function LoginPage() {
  return (
    <Box component="main" sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2 }}>
      <Styles />
      <Box sx={{ width: '100%', maxWidth: 380 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, mb: 2.5 }}>
          <Logo size={30} />
          <Typography component="h1" variant="h1">
            Sign in to Tenon
          </Typography>
        </Box>
        <Banners />
        <LoginForm />
      </Box>
    </Box>
  );
}

function LoginForm() {
  const login = useLogin();
  const [problem, setProblem] = useState<string | null>(null);
  const [pending, setPending] = useState(false);

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setPending(true);
    setProblem(null);
    try {
      await login({ email: form.get('email'), password: form.get('password') });
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <Paper
      variant="outlined"
      component="form"
      onSubmit={(event) => void submit(event)}
      sx={{ p: 3, display: 'grid', gap: 2 }}
    >
      {problem !== null && (
        <Alert severity="error" role="alert">
          {problem}
        </Alert>
      )}
      <LoginField name="email" label="Email" type="email" autoComplete="username" autoFocus />
      <LoginField name="password" label="Password" type="password" autoComplete="current-password" />
      <Button type="submit" variant="contained" disabled={pending}>
        Sign in
      </Button>
    </Paper>
  );
}

interface LoginFieldProps {
  name: string;
  label: string;
  type: string;
  autoComplete: string;
  autoFocus?: boolean;
}

function LoginField({ name, label, type, autoComplete, autoFocus = false }: LoginFieldProps) {
  return (
    <Box>
      <Typography component="label" htmlFor={name} variant="body2" color="textSecondary">
        {label}
      </Typography>
      <OutlinedInput
        id={name}
        name={name}
        type={type}
        required
        fullWidth
        size="small"
        autoFocus={autoFocus}
        autoComplete={autoComplete}
      />
    </Box>
  );
}

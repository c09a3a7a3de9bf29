import { Alert, Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import { problemText } from '../api/problem-text.ts';
import { sessionQuery, signIn, systemQuery } from '../api/session.ts';
import { chooseLanguage } from '../texts/i18n.ts';
import { Logo } from '../ui/logo.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import styles from './login-screen.module.css';

const route = getRouteApi('/login');

export function LoginScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const other = language === 'ru' ? 'en' : 'ru';
  const system = useQuery(systemQuery).data;
  const { expired } = route.useSearch();
  useTitle(t('login.title'));
  return (
    <main className={styles.screen}>
      <div className={styles.card}>
        <div className={styles.brand}>
          <Logo size={36} />
          <div>
            <h1>{t('product')}</h1>
            <p className={styles.lead}>{t('login.lead')}</p>
          </div>
        </div>
        {expired && (
          <Alert variant="light" icon={<IconInfoCircle size={18} />}>
            {t('login.expired')}
          </Alert>
        )}
        <LoginForm />
        {system?.demo === true && <p className={styles.demo}>{t('login.demo')}</p>}
      </div>
      <UnstyledButton className={styles.language} lang={other} onClick={() => chooseLanguage(other)}>
        {t(`language.${other}`)}
      </UnstyledButton>
    </main>
  );
}

function LoginForm() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const router = useRouter();
  const { from } = route.useSearch();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [incomplete, setIncomplete] = useState(false);
  const enter = useMutation({
    mutationFn: signIn,
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.push(from ?? '/');
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const missing = username.trim() === '' || password === '';
    setIncomplete(missing);
    if (!missing) enter.mutate({ username: username.trim(), password });
  };
  const wrong = enter.error instanceof ApiProblem && enter.error.status === 401;
  const message = incomplete
    ? t('login.required')
    : wrong
      ? t('login.wrong')
      : enter.error && problemText(enter.error, language);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        label={t('login.username')}
        size="md"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        autoFocus
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('login.password')}
        size="md"
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <div role="alert">{message && <p className={styles.error}>{message}</p>}</div>
      <Button type="submit" size="md" fullWidth loading={enter.isPending}>
        {t('login.submit')}
      </Button>
    </form>
  );
}

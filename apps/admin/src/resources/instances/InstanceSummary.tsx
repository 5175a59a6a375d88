import { Link, Paper } from '@mui/material';
import { CopyText } from '@tenon/service-kit/admin/CopyText';
import { Fact } from '@tenon/service-kit/admin/Fact';
import { Nothing } from '@tenon/service-kit/admin/FieldValue';
import { textOf, textsOf, type TenonRecord } from '@tenon/service-kit/admin/records';
import { useRecordContext } from 'react-admin';

/** How a machine is reached. */
export function InstanceSummary() {
  const record = useRecordContext<TenonRecord>();
  const addresses = textsOf(record, 'addresses');
  const ssh = textOf(record, 'sshCommand');
  const url = textOf(record, 'url');

  return (
    <Paper variant="outlined" component="section" aria-label="How it is reached" className="tenon-facts">
      <Fact label="Addresses">
        {addresses.length === 0 ? (
          <Nothing word="Not yet" />
        ) : (
          <CopyText text={addresses.join(', ')} what="the addresses" />
        )}
      </Fact>
      <Fact label="SSH command">
        {ssh === '' ? <Nothing word="(not available)" /> : <CopyText text={ssh} what="the ssh command" />}
      </Fact>
      <Fact label="Web page">
        {url === '' ? (
          <Nothing word="Not yet" />
        ) : (
          <Link href={url} target="_blank" rel="noreferrer">
            {url}
          </Link>
        )}
      </Fact>
    </Paper>
  );
}

import { page } from "fresh";
import SubmitForm from "../../../components/SubmitForm.tsx";
import RebuildProgress from "../../../islands/RebuildProgress.tsx";
import { noticeCookie } from "../../../web/notices.ts";
import { endpoint, pageOnly, seeOther } from "../../../web/operation.ts";
import type { StoreStatus } from "../../../web/watching/operating.ts";
import { define } from "../../../web/state.ts";
import AdminPage from "../(_components)/AdminPage.tsx";

export const handler = endpoint<StoreStatus>({
  GET: pageOnly({
    page: async ({ state: { operating } }) => page(await operating.status()),
  }),
  POST: pageOnly({
    page({ state: { operating } }) {
      operating.rebuild();
      return seeOther("/admin/read-models", { "set-cookie": noticeCookie("rebuild-begun") });
    },
  }),
});

export default define.page<typeof handler>(({ data, state, url }) => {
  const { head, rebuild, subscribers } = data;
  return (
    <AdminPage
      title="Read models"
      lead="What people see is developed from the film. It can be developed again, while the old ones serve."
      state={state}
      url={url}
    >
      {rebuild === null
        ? (
          <SubmitForm action="/admin/read-models" buttonClass="button button-primary">
            Develop all anew
          </SubmitForm>
        )
        : <RebuildProgress {...rebuild} />}
      <h2 class="section-title">Developed with every command</h2>
      <div class="table-scroll" role="region" aria-label="Read models" tabIndex={0}>
        <table class="data-table">
          <thead>
            <tr>
              <th scope="col">Read model</th>
              <th scope="col">Version</th>
              <th scope="col">Up to</th>
              <th scope="col">Tables</th>
            </tr>
          </thead>
          <tbody>
            {state.operating.readModels.map(({ name, version, tables }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{version}</td>
                <td>{head}</td>
                <td>{tables.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {subscribers.length > 0 && (
        <>
          <h2 class="section-title">Followers of the film</h2>
          <div class="table-scroll" role="region" aria-label="Followers" tabIndex={0}>
            <table class="data-table">
              <thead>
                <tr>
                  <th scope="col">Follower</th>
                  <th scope="col">Up to</th>
                  <th scope="col">Behind</th>
                </tr>
              </thead>
              <tbody>
                {subscribers.map(({ name, position }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{Math.max(position, 0)}</td>
                    <td>{head - Math.max(position, 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </AdminPage>
  );
});

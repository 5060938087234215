import type { LaneName } from '../model.ts'
import type { LanePlan } from './lane-plan.ts'
import { linkPlan } from './link/link-part.ts'
import { registerPlan } from './register/register-part.ts'
import { registerV1Plan } from './register-v1/register-v1-part.ts'
import { tierPlan } from './tier/tier-part.ts'
import { unlinkPlan } from './unlink/unlink-part.ts'
import { updatePlan } from './update/update-part.ts'

/** How a plan asks for each lane; for one that is not here, no plan does. */
export const lanePlans: Readonly<Record<LaneName, LanePlan>> = {
  register: registerPlan,
  'register-v1': registerV1Plan,
  update: updatePlan,
  link: linkPlan,
  tier: tierPlan,
  unlink: unlinkPlan,
}

<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Common: when the device asks again, and that it obeys a NOTIFY without asking for a password. -->
<Provision_Enable>Yes</Provision_Enable>
<Resync_On_Reset>Yes</Resync_On_Reset>
<Resync_Random_Delay>1</Resync_Random_Delay>
<Resync_From_SIP>Yes</Resync_From_SIP>
<Upgrade_Enable>Yes</Upgrade_Enable>
<Interdigit_Long_Timer>10</Interdigit_Long_Timer>
<Interdigit_Short_Timer>6</Interdigit_Short_Timer>
<Reorder_Delay>5</Reorder_Delay>

<#-- SPDX-License-Identifier: Apache-2.0 -->
<#-- Common: no star code of the device's own, so that the server's reach the server. -->
<#list ["Call_Return", "Blind_Transfer", "Call_Back_Act", "Call_Back_Deact", "Cfwd_All_Act", "Cfwd_All_Deact",
        "Cfwd_Busy_Act", "Cfwd_Busy_Deact", "Cfwd_No_Ans_Act", "Cfwd_No_Ans_Deact", "CW_Act", "CW_Deact",
        "CW_Per_Call_Act", "CW_Per_Call_Deact", "Block_CID_Act", "Block_CID_Deact", "Block_CID_Per_Call_Act",
        "Block_CID_Per_Call_Deact", "Block_ANC_Act", "Block_ANC_Deact", "DND_Act", "DND_Deact",
        "Secure_All_Call_Act", "Secure_No_Call_Act", "Secure_One_Call_Act", "Secure_One_Call_Deact", "Paging",
        "Call_Park", "Call_Pickup", "Call_UnPark", "Group_Call_Pickup", "Media_Loopback", "Prefer_G711u",
        "Force_G711u", "Prefer_G711a", "Force_G711a", "Prefer_G729a", "Force_G729a"] as code>
<${code}_Code></${code}_Code>
</#list>
<Referral_Services_Codes></Referral_Services_Codes>
<Feature_Dial_Services_Codes></Feature_Dial_Services_Codes>

/** The six sample replies of the registration API's page, and its link reply with a failed program. */
export const sampleReplies = {
  plain: `{"createdId": 556844761, "warnings": [{"status": false, "code": 8107,
    "message": "Default customer status label not set"}], "sideEffects": []}`,
  points: `{"createdId": 555594290, "warnings": [{"status": false,
    "message": "Default customer status label not set", "code": 8107}],
    "sideEffects": [{"entityType": "USER", "rawAwardedPoints": 75.000, "awardedPoints": 75, "type": "points"}]}`,
  bare: `{"createdId": 578697565, "warnings": [], "sideEffects": []}`,
  currency: `{"createdId": 423799201, "warnings": [], "sideEffects": [{"entityType": "USER",
    "rawAwardedValue": 110.000, "alternateCurrencyIdentifier": "rgpws7", "alternateCurrencyName": "ac1",
    "awardedValue": 110, "type": "alternate_currency"}]}`,
  pointsOnly: `{"createdId": 84230125, "warnings": [], "sideEffects": [{"entityType": "USER",
    "rawAwardedPoints": 100.000, "awardedPoints": 100, "type": "points"}]}`,
  coupons: `{"createdId": 557669379, "warnings": [{"message": "supplementary program expiry is before membership expiry",
    "code": 1302, "status": false}], "sideEffects": [
    {"entityType": "USER", "rawAwardedPoints": 200, "awardedPoints": 200, "type": "points"},
    {"id": 1239575031, "entityType": "USER", "couponType": "PE", "couponCode": "JQI7S8P8",
      "validTill": "2025-07-29T23:59:59Z", "description": "Welcome Offer - 10% flat discount",
      "discountCode": "NO_VALUE", "trimmedCouponCode": "JQI7S8P8", "type": "coupon"},
    {"id": 1239575032, "entityType": "USER", "couponType": "PE", "couponCode": "2742942949",
      "validTill": "2024-09-27T23:59:59Z", "description": "DSG - $5 Coupon",
      "discountCode": "NO_VALUE", "trimmedCouponCode": "2742942949", "type": "coupon"}]}`,
  link: `{"linkCustomers": [{"customer": {"id": 382741349, "mobile": "916215000000", "email": "m@example.com",
    "externalId": "X916215776456", "status": {"status": true, "message": "Customer successfully retrieved", "code": 1000}},
    "linkToPartnerPrograms": [
      {"partnerProgramName": "1stProgram", "partnerLinkStatus": {"status": true, "message": "Success", "code": 200}},
      {"partnerProgramName": "2ndProgram", "partnerLinkStatus": {"status": false, "message": "Success", "code": 200}}]}],
    "warnings": []}`,
} as const

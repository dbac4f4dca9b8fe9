"""Makes the bucket of the tests and somebody who may use it, and from then on has every signature checked.

    prepare.py URL      prints what the tests need to know, as lines for a shell
"""

import json
import sys

import boto3
import requests

url = sys.argv[1]


def client(service):
    return boto3.client(
        service, endpoint_url=url, region_name="us-east-1", aws_access_key_id="-", aws_secret_access_key="-"
    )


client("s3").create_bucket(Bucket="keepwell-test")
iam = client("iam")
iam.create_user(UserName="keepwell")
policy = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
iam.put_user_policy(UserName="keepwell", PolicyName="objects", PolicyDocument=json.dumps(policy))
key = iam.create_access_key(UserName="keepwell")["AccessKey"]
requests.post(url + "/moto-api/reset-auth", data=b"0").raise_for_status()

print(f"export KEEPWELL_TEST_S3={url}")
print(f"export KEEPWELL_TEST_S3_ACCESS_KEY={key['AccessKeyId']}")
print(f"export KEEPWELL_TEST_S3_SECRET={key['SecretAccessKey']}")

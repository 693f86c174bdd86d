using Halley.Registry;

namespace Halley.S3;

/// <summary>The examples that AWS publishes with the signature's description: their signatures are given there.</summary>
public sealed class SignatureV4Tests
{
    static readonly AwsCredentials Example = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Get_of_a_range_is_signed_as_published() =>
        AssertSigned(
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
            HttpMethod.Get,
            "/test.txt",
            Empty,
            ("range", "bytes=0-9")
        );

    [Fact]
    public void Put_with_a_sign_in_its_name_is_signed_as_published() =>
        AssertSigned(
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
            HttpMethod.Put,
            SignatureV4.Encode("/test$file.text"),
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            ("date", "Fri, 24 May 2013 00:00:00 GMT"),
            ("x-amz-storage-class", "REDUCED_REDUNDANCY")
        );

    static void AssertSigned(
        string signature,
        HttpMethod method,
        string path,
        string contentHash,
        params (string Name, string Value)[] more
    )
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = "examplebucket.s3.amazonaws.com",
            ["x-amz-content-sha256"] = contentHash,
            ["x-amz-date"] = "20130524T000000Z",
        };
        foreach (var (name, value) in more)
            headers[name] = value;
        var authorization = SignatureV4.Authorization(Example, "us-east-1", method, path, headers, contentHash);
        Assert.Equal(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders={string.Join(';', headers.Keys)},Signature={signature}",
            authorization
        );
    }
}

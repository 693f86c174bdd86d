using System.Net;
using Halley.Data;
using Halley.Registry;

namespace Halley.S3;

public sealed class S3ArtefactStoreTests : ArtefactStoreContract, IAsyncDisposable
{
    readonly Dictionary<string, string> variables = new()
    {
        ["AWS_ACCESS_KEY_ID"] = S3StandIn.AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = S3StandIn.SecretKey,
    };
    S3StandIn? standIn;
    S3ArtefactStore? store;

    private protected override async Task<IArtefactStore> OpenAsync() => await StartAsync();

    private protected override void Tamper(ContentHash hash, byte[]? content)
    {
        var key = Key(hash);
        if (content is null)
            Assert.True(standIn!.Objects.TryRemove(key, out _));
        else
            standIn!.Objects[key] = content;
    }

    [Fact]
    public async Task An_object_lies_under_prefix_and_hash_and_is_written_once()
    {
        var store = await StartAsync();
        var hash = await store.PutAsync(new byte[] { 1 });
        await store.PutAsync(new byte[] { 1 });
        Assert.Equal(
            [
                $"PUT {S3StandIn.Bucket}/{Key(hash)} 200",
                $"PUT {S3StandIn.Bucket}/{Key(hash)} 412",
                $"GET {S3StandIn.Bucket}/{Key(hash)} 200",
            ],
            standIn!.Asked
        );
    }

    [Fact]
    public async Task A_bucket_that_locks_its_objects_takes_artefacts_by_their_checksum()
    {
        var store = await StartAsync();
        standIn!.Locked = true;
        var hash = await store.PutAsync(new byte[] { 1, 2 });
        Assert.Equal([1, 2], await store.GetAsync(hash));
        Assert.Equal($"PUT {S3StandIn.Bucket}/{Key(hash)} 200", standIn.Asked.First());
    }

    [Fact]
    public async Task A_name_with_spaces_and_signs_is_signed_as_it_travels()
    {
        var store = await StartAsync("models of (team) ä+b/x~y");
        var hash = await store.PutAsync(new byte[] { 1 });
        Assert.Equal([1], await store.GetAsync(hash));
        Assert.Equal($"models of (team) ä+b/x~y/{hash.Hex[..2]}/{hash.Hex}", Assert.Single(standIn!.Objects.Keys));
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_and_what_may_not_is_told()
    {
        var store = await StartAsync();
        foreach (var refusal in new[] { (503, "SlowDown"), (500, "InternalError"), (409, "ConditionalRequestConflict") })
            standIn!.Refusals.Enqueue(refusal);
        var hash = await store.PutAsync(new byte[] { 1 });
        Assert.Equal([1], await store.GetAsync(hash));
        for (var i = 0; i < 4; i++)
            standIn!.Refusals.Enqueue((503, "SlowDown"));
        var fault = await Assert.ThrowsAsync<HalleyException>(() => store.GetAsync(hash));
        Assert.Equal(
            $"HLY5123: s3://{S3StandIn.Bucket}/models/ refused the request (503 SlowDown: The stand-in says SlowDown). Correct bucket, region or rights: s3:GetObject and s3:PutObject are needed.",
            fault.Message
        );
        Assert.Equal(FaultKind.Environment, fault.Kind);
    }

    [Fact]
    public async Task A_wrong_secret_a_wrong_region_and_a_wrong_bucket_are_told()
    {
        var store = await StartAsync();
        var hash = await store.PutAsync(new byte[] { 1 });
        await AssertRefusedAsync(standIn!.Place(), "403 SignatureDoesNotMatch", ("AWS_SECRET_ACCESS_KEY", "wrong"));
        await AssertRefusedAsync(standIn.Place(), "403 InvalidAccessKeyId", ("AWS_ACCESS_KEY_ID", "AKIDOTHER"));
        await AssertRefusedAsync(
            standIn.Place().Replace(S3StandIn.Region, "us-east-1", StringComparison.Ordinal),
            "403 AuthorizationHeaderMalformed"
        );
        await AssertRefusedAsync(
            standIn.Place().Replace(S3StandIn.Bucket, "elsewhere", StringComparison.Ordinal),
            "404 NoSuchBucket"
        );

        async Task AssertRefusedAsync(string place, string words, params (string Name, string Value)[] changed)
        {
            var own = variables.Concat([]).ToDictionary();
            foreach (var (name, value) in changed)
                own[name] = value;
            using var other = new S3ArtefactStore(
                S3Place.Parse(place, own.GetValueOrDefault),
                TimeProvider.System,
                own.GetValueOrDefault
            );
            var fault = await Assert.ThrowsAsync<HalleyException>(() => other.GetAsync(hash));
            Assert.Equal("HLY5123", fault.Code);
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Temporary_credentials_of_a_container_are_asked_for_again_before_they_expire()
    {
        var time = new StandingTime(new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
        standIn = await S3StandIn.StartAsync(time);
        standIn.Token = "t-1";
        var container = new ContainerCredentials(time);
        variables.Clear();
        variables["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/role";
        store = new(S3Place.Parse(standIn.Place(), variables.GetValueOrDefault), time, variables.GetValueOrDefault, container);
        var hash = await store.PutAsync(new byte[] { 1 });
        await store.GetAsync(hash);
        Assert.Equal(1, container.Asked);
        // The next ones carry another token; five minutes before the end they are fetched.
        time.Now += TimeSpan.FromMinutes(56);
        standIn.Token = "t-2";
        await store.GetAsync(hash);
        Assert.Equal(2, container.Asked);
    }

    [Fact]
    public async Task Without_credentials_or_a_network_the_words_say_what_to_do()
    {
        var place = S3Place.Parse("s3://b/p?endpoint=http://127.0.0.1:1", _ => null);
        using var bare = new S3ArtefactStore(place, TimeProvider.System, _ => null);
        var none = await Assert.ThrowsAsync<HalleyException>(() => bare.ContainsAsync(ContentHash.Of([1])));
        Assert.StartsWith(
            "HLY5121: there are no credentials for S3. Set AWS_ACCESS_KEY_ID",
            none.Message,
            StringComparison.Ordinal
        );
        using var lost = new S3ArtefactStore(place, TimeProvider.System, variables.GetValueOrDefault);
        var fault = await Assert.ThrowsAsync<HalleyException>(() => lost.ContainsAsync(ContentHash.Of([1])));
        Assert.StartsWith("HLY5120: s3://b/p/ can't be reached (", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3://", "it names no bucket")]
    [InlineData("s3://b/p", "no region is known")]
    [InlineData("s3://b?colour=red", "'colour' is no setting")]
    [InlineData("s3://b?endpoint=nowhere", "'nowhere' is no address")]
    public void A_place_that_cannot_be_read_is_refused_in_words(string place, string problem)
    {
        var fault = Assert.Throws<HalleyException>(() => S3Place.Parse(place, _ => null));
        Assert.StartsWith($"HLY5122: '{place}' is no place in S3: {problem}", fault.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        store?.Dispose();
        if (standIn is not null)
            await standIn.DisposeAsync();
    }

    async Task<S3ArtefactStore> StartAsync(string prefix = "models")
    {
        standIn = await S3StandIn.StartAsync();
        return store = new(
            S3Place.Parse(standIn.Place(prefix), variables.GetValueOrDefault),
            TimeProvider.System,
            variables.GetValueOrDefault
        );
    }

    static string Key(ContentHash hash) => $"models/{hash.Hex[..2]}/{hash.Hex}";

    sealed class StandingTime(DateTimeOffset start) : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Answers for the container's address and lets everything else through.</summary>
    sealed class ContainerCredentials(StandingTime time) : DelegatingHandler(new SocketsHttpHandler())
    {
        internal int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.ToString() != "http://169.254.170.2/v2/credentials/role")
                return base.SendAsync(request, cancellationToken);
            Asked++;
            var json =
                $$"""{"AccessKeyId":"{{S3StandIn.AccessKey}}","SecretAccessKey":"{{S3StandIn.SecretKey}}","Token":"t-{{Asked}}","Expiration":"{{time.Now.AddHours(1):yyyy-MM-ddTHH:mm:ssZ}}"}""";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json) });
        }
    }
}

import java.net.HttpURLConnection;
import java.net.URI;

/** Succeeds when the service in the same container is ready: what curl would be asked in an image that had it. */
final class Health {

    public static void main(String[] arguments) throws Exception {
        String port = System.getenv().getOrDefault("QUARKUS_HTTP_PORT", "8080");
        URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        HttpURLConnection connection = (HttpURLConnection) ready.toURL().openConnection();
        connection.setConnectTimeout(4000);
        connection.setReadTimeout(4000);
        int status = connection.getResponseCode();
        System.out.println(ready + " " + status);
        System.exit(status == 200 ? 0 : 1);
    }

    private Health() {}
}
